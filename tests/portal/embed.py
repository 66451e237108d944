"""A text file as an array in C, ended by a NUL: embed.py NAME FILE."""
import pathlib
import sys

data = pathlib.Path(sys.argv[2]).read_bytes()
print(f"static const unsigned char {sys.argv[1]}[] = {{{','.join(map(str, data + bytes(1)))}}};")
