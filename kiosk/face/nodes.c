#include "face/nodes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/text.h"
#include "face/names.h"
#include "flow/flow.h"
#include "ui/ui.h"

enum { LINE_MAX_BYTES = 256 * 1024 };

static const char *const roles[] = {
    [ROLE_TEXT] = "text",   [ROLE_HEADING] = "heading", [ROLE_BUTTON] = "button",
    [ROLE_KEY] = "key",     [ROLE_CHOICE] = "choice",   [ROLE_CHECK] = "check",
    [ROLE_FIELD] = "field", [ROLE_ALERT] = "alert",     [ROLE_IMAGE] = "image",
};

bool
nodes_open(struct nodes *nodes, int fd)
{
    *nodes = (struct nodes){.fd = fd};
    if (fd < 0) {
        return true;
    }
    int flags = fcntl(fd, F_GETFL);
    if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) != 0) {
        log_error("--nodes-fd %d: %s", fd, strerror(errno));
        nodes->fd = -1;
        return false;
    }
    nodes->line = malloc(LINE_MAX_BYTES);
    return nodes->line != NULL;
}

void
nodes_close(struct nodes *nodes)
{
    if (nodes->line != NULL) {
        secret_zero(nodes->line, LINE_MAX_BYTES);
        free(nodes->line);
    }
    nodes->line = NULL;
    nodes->fd = -1;
}

static void
add_rect(struct text *out, const char *name, struct rect rect)
{
    text_addf(out, ",\"%s\":[%d,%d,%d,%d]", name, rect.x, rect.y, rect.w, rect.h);
}

static void
add_node(struct text *out, const struct node *node)
{
    text_addf(out, "{\"id\":%u,\"role\":\"%s\",\"label\":", node->id, roles[node->role]);
    json_write_text(out, node->label != NULL ? node->label : "");
    if (node->value != NULL) {
        text_add(out, ",\"value\":");
        json_write_text(out, node->value);
    }
    add_rect(out, "rect", node->rect);
    add_rect(out, "seen", node->seen);
    text_addf(out, ",\"flags\":%u,\"press\":%s,\"clipped\":%s}", node->flags,
              node->action != 0 ? "true" : "false", node->clipped ? "true" : "false");
}

static void
write_line(struct nodes *nodes, const struct ui *ui, const struct flow *flow)
{
    struct text out = text_over(nodes->line, LINE_MAX_BYTES);
    text_addf(&out, "{\"place\":\"%s\",\"cover\":\"%s\",\"nodes\":[", name_of_place(flow->place),
              name_of_cover(flow->cover));
    for (size_t i = 0; i < ui->count; i++) {
        text_add(&out, i > 0 ? "," : "");
        add_node(&out, &ui->nodes[i]);
    }
    text_add(&out, "]}\n");
    nodes->len = out.len;
    nodes->sent = 0;
    nodes->stale = false;
}

/* As much as the pipe takes. */
static void
push(struct nodes *nodes)
{
    while (nodes->sent < nodes->len) {
        ssize_t put = write(nodes->fd, nodes->line + nodes->sent, nodes->len - nodes->sent);
        if (put < 0 && errno == EINTR) {
            continue;
        }
        if (put < 0) {
            if (errno != EAGAIN) {
                nodes_close(nodes); // nobody reads any more
            }
            return;
        }
        nodes->sent += (size_t)put;
    }
    secret_zero(nodes->line, nodes->len);
}

bool
nodes_pending(const struct nodes *nodes)
{
    return nodes->fd >= 0 && (nodes->sent < nodes->len || nodes->stale);
}

void
nodes_frame(struct nodes *nodes, const struct ui *ui, const struct flow *flow)
{
    if (nodes->fd >= 0) {
        nodes->stale = true;
        nodes_flush(nodes, ui, flow);
    }
}

void
nodes_flush(struct nodes *nodes, const struct ui *ui, const struct flow *flow)
{
    push(nodes);
    if (nodes->fd >= 0 && nodes->sent == nodes->len && nodes->stale) {
        write_line(nodes, ui, flow);
        push(nodes);
    }
}
