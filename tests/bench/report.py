"""How a figure is printed."""


def row(name, what, value):
    print(f"{name:<4} {what:<52} {value}", flush=True)


def spread(values):
    values = sorted(values)
    at = lambda share: values[min(len(values) - 1, int(len(values) * share))]  # noqa: E731
    return f"p50 {at(0.5):.2f}  p99 {at(0.99):.2f}  max {values[-1]:.2f} ms  (n {len(values)})"
