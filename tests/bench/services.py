"""F1 and a question's change with a catalogue of many services, each a whole form of its own."""
import json
import shutil

from report import row, spread

FIRST = "Layanan uji 1"


def words(text):
    return {language: text for language in ("id", "en", "bjn", "jv")}


def grow(folder, count):
    """So many services in a catalogue's folder: the business certificate under other names, with two
    questions before its own that nobody must answer."""
    path = folder / "catalogue.json"
    head = json.loads(path.read_text())
    like = json.loads((folder / "services/sku.json").read_text())
    for number in range(1, count - len(head["services"]) + 1):
        name = f"uji-{number:03}"
        asked = [{"type": "text", "name": f"catatan_{at}", "label": words(f"Catatan {at} tentang hal {number}")}
                 for at in ("satu", "dua")]
        service = dict(like, code=f"UJI{number:03}", title=words(f"Layanan uji {number}"), common=number == 1,
                       asks_office=False, questions=asked + like["questions"])
        (folder / f"services/{name}.json").write_text(json.dumps(service))
        head["services"].insert(number - 1, name)  # the first stands first
    path.write_text(json.dumps(head))
    return len(head["services"])


def measure(bench, office, start_of, count=100):
    """`office` was not started yet; `start_of` measures one start of its face."""
    office.make_data()
    count = grow(office.folder / "data/catalogue", count)
    shutil.copytree(office.folder / "data/catalogue", office.folder / "published")
    office.start()
    row("F1", f"start to home with the desk's word, {count} services", spread([start_of(office) for _ in range(15)]))
    log = (office.folder / "log/face.log").read_text()
    alone = [float(line.rsplit("after ", 1)[1].split()[0])
             for line in log.splitlines() if "on the screen after" in line]
    row("F1", f"start to the first picture, {count} services", spread(alone[1:]))
    change(bench, count)


def change(bench, count):
    """From letting go of "Lanjut" to the next question, and back."""
    way = []
    for label in ("Surat keterangan", FIRST, "Mulai mengisi"):
        bench.leave(label, way)
    bench.player.wait_for("Catatan satu...")
    bench.arrive(way)
    office = bench.office
    heading = next(node for node in office.screen()["nodes"] if node["role"] == "heading")
    there, before = bench.player.at(bench.player.wait_for("Lanjut", pressable=True)), office.x.picture()
    bench.player.tap('"Lanjut"')
    bench.player.wait_for("Catatan dua...")
    office.settle()
    spot = bench.differs(before, office.x.picture(), heading)
    back = bench.player.at(bench.player.wait_for("Kembali", pressable=True))
    bench.untold(way)
    bench.probe("tap", f"let go to the next question, {count} services", [there, spot, back, spot])
