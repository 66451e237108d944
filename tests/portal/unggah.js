// The page for photos, where there is script: several at once, each in parts, each goes on where
// it stopped. Its sentences stand in the form's data.
'use strict';
(() => {
  const form = document.querySelector('form');
  if (!form) return;
  const PART = 256 * 1024, TRIES = 60, words = form.dataset;
  const field = form.querySelector('input'), list = document.getElementById('daftar');
  const waiting = [];
  let busy = false;

  field.multiple = true;
  field.required = false;
  form.querySelector('button').hidden = true;
  form.addEventListener('submit', (event) => event.preventDefault());

  const pause = (ms) => new Promise((done) => {
    const timer = setTimeout(go, ms);
    function go() { clearTimeout(timer); removeEventListener('online', go); done(); }
    addEventListener('online', go);
  });

  // The same file chosen again, also after the page was closed, is the same photo.
  function idOf(file) {
    const key = [location.pathname, file.name, file.size, file.lastModified].join(' ');
    let id = null;
    try { id = localStorage.getItem(key); } catch { /* then it is new each time */ }
    if (!/^[0-9a-f]{32}$/.test(id || '')) {
      id = [...crypto.getRandomValues(new Uint8Array(16))]
        .map((byte) => byte.toString(16).padStart(2, '0')).join('');
      try { localStorage.setItem(key, id); } catch { /* as above */ }
    }
    return id;
  }

  function show(file) {
    const item = document.createElement('li'), picture = document.createElement('img');
    const bar = document.createElement('progress'), says = document.createElement('span');
    const again = document.createElement('button');
    picture.alt = '';
    picture.src = URL.createObjectURL(file);
    picture.onerror = () => picture.replaceWith(file.name); // HEIC, in most browsers
    bar.max = file.size;
    bar.value = 0;
    bar.setAttribute('aria-label', file.name);
    says.setAttribute('role', 'status');
    says.textContent = words.waits;
    again.type = 'button';
    again.className = 'plain';
    again.textContent = words.again;
    again.hidden = true;
    item.append(picture, bar, says, again);
    list.append(item);
    const photo = { file, bar, says, again, id: idOf(file) };
    again.onclick = () => { again.hidden = true; add(photo); };
    return photo;
  }

  async function ask(photo, at) {
    const size = photo.file.size, end = at === null ? 0 : Math.min(at + PART, size);
    const answer = await fetch(location.pathname, {
      method: 'PATCH',
      body: at === null ? null : photo.file.slice(at, end),
      headers: {
        'Content-Type': 'application/octet-stream', 'Upload-Id': photo.id,
        'Content-Range': at === null ? `bytes */${size}` : `bytes ${at}-${end - 1}/${size}`,
      },
    });
    if (answer.status >= 500 || answer.status === 429) throw new Error('later');
    return { status: answer.status, told: await answer.json() };
  }

  function count(told) {
    document.getElementById('jumlah').textContent =
      words.count.replace('{n}', told.count).replace('{m}', told.most);
  }

  function fail(photo, error, again) {
    const said = { full: words.full, type: words.type, too_large: words.large,
      closed: words.closed, missing: words.closed };
    photo.says.textContent = said[error] || words.failed;
    photo.bar.hidden = true;
    photo.again.hidden = !again;
  }

  async function send(photo) {
    let at = null, tries = 0;
    photo.bar.hidden = false;
    if (photo.file.size > Number(words.bytes)) return fail(photo, 'too_large');
    if (photo.file.size === 0) return fail(photo, 'type');
    while (tries < TRIES) {
      let answer;
      try {
        answer = await ask(photo, at);
      } catch {
        at = null; // where to go on is asked first
        photo.says.textContent = words.offline;
        await pause(Math.min(500 * 2 ** tries++, 15000));
        continue;
      }
      const { status, told } = answer;
      if (status === 200 || told.error === 'offset') {
        tries = 0;
        at = told.received;
        photo.bar.value = at;
        photo.says.textContent = `${words.sends} ${Math.round(100 * at / photo.file.size)}%`;
      } else if (status === 201) {
        photo.bar.value = photo.file.size;
        photo.says.textContent = words.done;
        return count(told);
      } else {
        return fail(photo, told.error, false);
      }
    }
    return fail(photo, '', true);
  }

  async function add(photo) {
    waiting.push(photo);
    if (busy) return;
    busy = true;
    while (waiting.length) await send(waiting.shift());
    busy = false;
  }

  field.addEventListener('change', () => {
    for (const file of [...field.files]) add(show(file));
    field.value = '';
  });
})();
