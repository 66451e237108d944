/* What is asked of a display server beside SDL. */
#pragma once
#include <stdbool.h>

struct SDL_Window;

/* Does anybody answer a wish for the full screen? */
bool server_is_managed(struct SDL_Window *window);
/* The descriptor of the connection, readable with input; -1: there is none. */
int server_fd(struct SDL_Window *window);
