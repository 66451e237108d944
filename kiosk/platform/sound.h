/* Short tones, made here. The device is opened by the first of them, on a thread
 * that nobody waits for, and closed when it has been silent. */
#pragma once

struct sound;

struct sound *sound_create(void); /* opens nothing */
void sound_destroy(struct sound *sound);
void sound_play(struct sound *sound, int tone, int volume); /* volume 1..3; others: nothing */
