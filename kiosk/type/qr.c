#include "type/qr.h"

#include <string.h>

#include <qrencode.h>

int
qr_encode(const char *text, uint8_t modules[QR_MAX])
{
    enum { SIDE_MAX = 89 };
    QRcode *code = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    if (!code) {
        return 0; // empty, or longer than any version holds
    }
    int side = code->width <= SIDE_MAX ? code->width : 0;
    for (int i = 0; i < side * side; i++) {
        modules[i] = code->data[i] & 1; // the other bits are the library's notes
    }
    QRcode_free(code);
    return side;
}
