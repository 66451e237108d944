"""A file as an array in C: embed.py NAME FILE."""
import pathlib
import sys

data = pathlib.Path(sys.argv[2]).read_bytes()
print(f"static const unsigned char {sys.argv[1]}[] = {{{','.join(map(str, data))}}};")
