/* One service as its author sees it: no desk and no portal stand behind it. The form opens as if
 * a desk were there; what only a desk can do (save, print, ask the portal, call an officer) is
 * refused in the words that residents get, and noted in the log. */
#pragma once

struct face;
struct flow_effect;

void preview_begin(struct face *face); /* opens parts.preview, a service of the catalogue */
void preview_answer(struct face *face, const struct flow_effect *effect);
