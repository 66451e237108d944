/* What a kiosk offers whose installed catalogue is refused: the counter. */
#include "form/catalogue_parts.h"

// clang-format off
// periksa penutur: the Banjar and the Javanese
#define WORDS(id, en, bjn, jv) \
    "{\"id\":\"" id "\",\"en\":\"" en "\",\"bjn\":\"" bjn "\",\"jv\":\"" jv "\"}"
#define COUNTER WORDS("Layanan di loket", "Services at the counter", "Layanan di loket", "Layanan ing loket")
#define NUMBER WORDS("Ambil nomor antrean, petugas membantu Anda.", "Take a number; an officer helps you.", \
    "Ambil numur antrian, patugas manulungi pian.", "Pendhet nomer antrèan, petugas mbiyantu panjenengan.")
#define ASK WORDS("Tanyakan kepada petugas.", "Please ask an officer.", \
    "Takunakan ka patugas.", "Nyuwun pirsa dhateng petugas.")
#define FREE WORDS("GRATIS. Tidak dipungut biaya.", "FREE. There is no charge.", \
    "GRATIS. Kada dipungut biaya.", "GRATIS. Mboten mbayar.")
#define TELL WORDS("Sampaikan ke petugas, atau telepon 112.", "Tell an officer, or call 112.", \
    "Padahakan ka patugas, atawa talipun 112.", "Matur petugas, utawi telpun 112.")
#define WAIT WORDS("Tunggu nomor Anda dipanggil", "Wait for your number to be called", \
    "Hadangi numur pian dikiau", "Tengga nomer panjenengan dipun timbali")

static const char head[] =
    "{\"version\":1,\"notice\":{\"version\":\"-\",\"text\":" ASK "},"
    "\"groups\":[{\"id\":\"loket\",\"icon\":\"ticket\",\"title\":" COUNTER ",\"summary\":" NUMBER "}],"
    "\"queues\":[{\"letter\":\"A\",\"icon\":\"people\",\"title\":" COUNTER ",\"summary\":" NUMBER "}],"
    "\"choices\":[\"kosong\"],\"services\":[\"loket\"]}";
static const char kelurahan[] =
    "{\"kelurahan\":[{\"code\":\"0000000000\",\"name\":\"-\",\"kecamatan\":\"-\",\"postal\":\"00000\"}]}";
static const char choices[] =
    "{\"choices\":[{\"name\":\"a\",\"label\":" ASK "},{\"name\":\"b\",\"label\":" TELL "}]}";
static const char service[] =
    "{\"code\":\"LOKET\",\"version\":1,\"kind\":\"queue\",\"group\":\"loket\",\"queue\":\"A\","
    "\"title\":" COUNTER ",\"summary\":" NUMBER ",\"requirements\":[" ASK "],"
    "\"procedure\":" NUMBER ",\"time\":" ASK ",\"product\":" ASK ","
    "\"cost\":" FREE ",\"complaints\":" TELL ",\"ready\":" ASK ",\"offline\":" NUMBER ","
    "\"after_submit\":{\"next\":\"counter_now\",\"steps\":[{\"title\":" WAIT "}]}}";
// clang-format on

struct catalogue *
catalogue_spare(void)
{
    static const struct catalogue_file files[] = {
        {"catalogue.json", head, sizeof head - 1},
        {"kelurahan.json", kelurahan, sizeof kelurahan - 1},
        {"choices/kosong.json", choices, sizeof choices - 1},
        {"services/loket.json", service, sizeof service - 1},
    };
    struct fault fault;
    struct catalogue *catalogue = catalogue_load(files, sizeof files / sizeof *files, &fault);
    if (catalogue != NULL) {
        catalogue->version = 0; // any that is handed over is newer
    }
    return catalogue;
}
