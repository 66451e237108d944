/* Photos that follow a request from a phone. The face makes a pass (base/id.h) when it first seals
 * the request; it stands inside the sealed document and in the QR on screen and slip, so that the
 * portal knows it from the envelope alone, and the tracking code leads to it nowhere. Who has the
 * pass may add photos for some days, and never sees what others added. The desk is told it to print
 * it, keeps it in memory for reprints of this visit, and on no disk.
 * A mending has no pass of its own: what is answered anew are questions, the photos of the request
 * still follow by the QR of its first slip while that is open, and are shown at the counter after.
 * While the page is open the portal is asked every few seconds how many have come; a photo that
 * comes puts the idle prompt off, since who photographs does not touch the screen. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum photos_state { /* the portal's word, or why there is none */
                    PHOTOS_UNHEARD,
                    PHOTOS_OPEN,
                    PHOTOS_NOT_THERE, /* the request itself is still on its way */
                    PHOTOS_CLOSED,    /* too late, or the request is finished */
                    PHOTOS_BROKEN     /* no answer, or none that can be read */
};

struct photos_answer {
    enum photos_state state;
    int count, most; /* OPEN and CLOSED: that have come, of so many */
};

struct flow_photos {
    enum photos_state state;
    int count, most;              /* as last heard: they outlive a line that breaks */
    int64_t poll_at;              /* monotonic: asked next */
    int64_t poll_request, polled; /* that is on its way, 0 none, and when it left */
    int64_t news;                 /* when the last one came, 0 none did */
};
