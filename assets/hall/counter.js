// The counter's page: shows what the hall tells (one stream of all of today), asks for deeds.
'use strict';

const at = (id) => document.getElementById(id);
const show = (id, seen) => { at(id).hidden = !seen; };
let me = { paired: false, officer: '', counter: 0 };
let state = null;   // what the stream said last
let stream = null;
let helped = 0;     // the call for help that was chimed

const WORDS = {
  nobody: 'Tidak ada yang menunggu untuk loket ini.',
  taken: 'Nomor itu sudah tidak bisa dipilih. Daftar di bawah yang terbaru.',
  often: 'Nomor ini sudah dipanggil sebanyak yang boleh. Pilih Lewati atau Tidak hadir.',
  wrong: 'Tidak cocok. Periksa lagi.',
  paper: 'Pencetak anjungan tidak bisa mencetak sekarang. Tulis nomornya dengan tangan.',
  closed: 'Anjungan sedang tidak bisa menyimpan. Coba lagi sebentar.',
  away: 'Anjungan sedang tidak terhubung. Coba lagi sebentar.',
  malformed: 'Isian belum lengkap.',
  full: 'Terlalu banyak loket yang masuk.',
  occupied: 'Loket ini sedang dipakai petugas lain.',
};

function say(words) {
  at('said').textContent = words;
  show('said', words !== '');
}

async function ask(path, body) {
  const answer = await fetch(path, body === undefined ? {} : {
    method: 'POST', headers: { 'Content-Type': 'application/json', 'X-Anjungan': '1' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (answer === null) return { result: 'away' };
  const done = await answer.json().catch(() => ({ result: 'away' }));
  if (done.result === 'unpaired' || done.result === 'signed_out') await look();
  return done;
}

function minutes(seconds) {
  return Math.max(1, Math.ceil(seconds / 60));
}

async function act(path, body, well) {
  const done = await ask(path, body);
  if (done.result === 'locked') say(`Terlalu banyak PIN salah. Coba lagi ${minutes(done.wait)} menit lagi.`);
  else say(done.result === 'done' ? well(done) : WORDS[done.result] || '');
  return done.result;
}

// --- what is on the page -----------------------------------------------------------------

function clock(ms) {
  const local = new Date(ms + state.today.utc_offset * 60000);
  return `${String(local.getUTCHours()).padStart(2, '0')}.${String(local.getUTCMinutes()).padStart(2, '0')}`;
}

function counterOf(number) {
  return state.today.counters.find((one) => one.number === number);
}

function mine(number) {
  return number.aim ? number.aim === me.counter : counterOf(me.counter).series.includes(number.number[0]);
}

function about(number) {
  const parts = [number.service];
  if (number.priority) parts.push('prioritas');
  if (number.booking) parts.push(`janji ${number.booking}`);
  if (number.code) parts.push(`berkas ${number.code}`);
  if (number.print === 3) parts.push('tanpa kertas');
  return parts.filter((part) => part !== '').join(' · ');
}

function button(words, deed, number) {
  const one = document.createElement('button');
  one.type = 'button';
  one.textContent = words;
  one.addEventListener('click', () => act('/api/do', { deed, ticket: number.ticket, aim: 0 },
    () => (deed === 'reprint' ? `${number.number} dicetak lagi sebagai SALINAN.` : `${number.number} dipanggil.`)));
  return one;
}

function rows(id, numbers, words, deed, disabled) {
  at(id).replaceChildren(...numbers.map((number) => {
    const row = document.createElement('tr');
    for (const text of [number.number, clock(number.issued), about(number)]) {
      const cell = document.createElement('td');
      cell.textContent = text;
      row.append(cell);
    }
    const cell = document.createElement('td');
    const press = button(words, deed, number);
    press.disabled = disabled;
    cell.append(press);
    row.append(cell);
    return row;
  }));
}

function options(id, list, kept) {
  const select = at(id);
  const now = select.value || kept;
  const key = JSON.stringify(list);
  if (select.dataset.key === key) return; // an open list does not jump
  select.dataset.key = key;
  select.replaceChildren(...list.map(([value, words]) => new Option(words, value)));
  if (list.some(([value]) => value === now)) select.value = now;
}

function drawWork() {
  const today = state.today;
  const numbers = today.numbers;
  const current = numbers.find((one) => one.life === 'called' && one.counter === me.counter);
  const waiting = numbers.filter((one) => one.life === 'waiting' && mine(one));
  at('number').textContent = current ? current.number : '–';
  at('about').textContent = current ? `${about(current)} · panggilan ke-${current.calls}` : 'Belum ada yang dipanggil.';
  for (const id of ['served', 'again', 'skip', 'park', 'absent', 'transfer', 'aim']) at(id).disabled = !current;
  at('next').disabled = Boolean(current) || waiting.length === 0;
  if (current) at('again').disabled = current.calls >= today.recalls;
  at('deeds').dataset.ticket = current ? current.ticket : '';
  options('aim', today.counters.filter((one) => one.number !== me.counter).map((one) => [String(one.number), one.name]), '');
  at('waiting-count').textContent = `(${waiting.length})`;
  show('nobody', waiting.length === 0);
  rows('waiting', waiting, 'Panggil', 'call', Boolean(current));
  rows('later', numbers.filter((one) => one.life === 'parked' || one.life === 'skipped'), 'Panggil', 'call', Boolean(current));
  rows('unprinted', numbers.filter((one) => one.print === 3 && ['waiting', 'called', 'parked', 'skipped'].includes(one.life)),
    'Cetak lagi', 'reprint', false);
  const count = (life) => numbers.filter((one) => one.life === life).length;
  at('figures').textContent = `${numbers.length} nomor diambil · ${count('served')} selesai · ${count('waiting')} menunggu · `
    + `${count('absent')} tidak hadir · ${count('void')} dibatalkan`;
}

function draw() {
  const known = state !== null && state.today.known && state.connected;
  show('away', me.paired && !known);
  show('pairing', !me.paired);
  const seated = me.paired && me.officer !== '' && (!known || state.seats[me.counter] === me.officer);
  show('signing', me.paired && !seated && known);
  show('work', seated && known);
  show('leave', seated);
  at('who').textContent = seated ? `Loket ${me.counter} · ${me.officer}` : '';
  if (!known) return;
  at('office').textContent = state.today.office;
  options('sign-counter', state.today.counters.map((one) => [String(one.number), one.name]), '');
  options('sign-officer', state.today.officers.map((one) => [one, one]), '');
  show('no-officers', state.today.officers.length === 0);
  const help = state.today.help;
  show('help', seated && help !== 0);
  if (help !== 0) at('help-words').textContent = `Pengunjung di anjungan meminta bantuan sejak ${clock(help)}.`;
  if (seated && help !== 0 && help !== helped) chime();
  helped = help;
  if (seated) drawWork();
}

// Two notes, without a file; a browser that wants a click before any sound stays silent.
function chime() {
  const sound = new AudioContext();
  [659, 523].forEach((pitch, i) => {
    const tone = sound.createOscillator();
    const loud = sound.createGain();
    loud.gain.setValueAtTime(0.2, sound.currentTime + i * 0.4);
    loud.gain.exponentialRampToValueAtTime(0.001, sound.currentTime + i * 0.4 + 0.8);
    tone.frequency.value = pitch;
    tone.connect(loud).connect(sound.destination);
    tone.start(sound.currentTime + i * 0.4);
    tone.stop(sound.currentTime + i * 0.4 + 0.8);
  });
}

// --- talking -----------------------------------------------------------------------------

function listen() {
  if (stream !== null) return;
  stream = new EventSource('/api/events');
  stream.onmessage = (event) => { state = JSON.parse(event.data); draw(); };
  stream.onerror = () => {
    state = null;
    draw();
    if (stream.readyState === EventSource.CLOSED) { // refused: a browser does not try again by itself
      stream = null;
      setTimeout(look, 2000);
    }
  };
}

async function look() {
  const answer = await fetch('/api/me').then((one) => one.json()).catch(() => null);
  if (answer === null || answer.result !== 'done') {
    setTimeout(look, 2000);
    return;
  }
  me = answer;
  if (me.paired) listen();
  draw();
}

at('pair').addEventListener('submit', async (event) => {
  event.preventDefault();
  const result = await act('/api/pair', { code: at('pair-code').value, name: at('pair-name').value },
    () => 'Komputer ini tersambung.');
  if (result === 'done') look();
});

async function signIn(take) {
  const result = await act('/api/sign-in', { counter: Number(at('sign-counter').value),
    officer: at('sign-officer').value, pin: at('sign-pin').value, take }, () => '');
  show('take', result === 'occupied');
  if (result === 'occupied') return; // the PIN stays for the second press
  at('sign-pin').value = '';
  if (result === 'done') look();
}

at('sign').addEventListener('submit', (event) => {
  event.preventDefault();
  signIn(false);
});
at('take').addEventListener('click', () => signIn(true));
at('sign-counter').addEventListener('change', () => show('take', false));

at('leave').addEventListener('click', async () => {
  await act('/api/sign-out', {}, () => '');
  look();
});
at('next').addEventListener('click', () => act('/api/next', {}, () => ''));
for (const deed of ['served', 'again', 'skip', 'park', 'absent', 'transfer']) {
  at(deed).addEventListener('click', () => act('/api/do',
    { deed, ticket: Number(at('deeds').dataset.ticket), aim: deed === 'transfer' ? Number(at('aim').value) : 0 }, () => ''));
}
at('help-go').addEventListener('click', () => act('/api/help', {}, () => ''));
at('void').addEventListener('submit', (event) => {
  event.preventDefault();
  act('/api/void', { letter: at('void-letter').value.toUpperCase(), from: Number(at('void-from').value), to: Number(at('void-to').value) },
    (done) => `${done.count} nomor dibatalkan. Nomor itu tidak akan dipanggil.`);
});
look();
