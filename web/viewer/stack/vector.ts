/** A point or a direction in the patient's coordinates, in millimetres: to the left, to the back, to the head. */
export type Vector = readonly [x: number, y: number, z: number];

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

/** `from + direction × lengthMm`. */
export function along(from: Vector, direction: Vector, lengthMm: number): Vector {
  return [from[0] + direction[0] * lengthMm, from[1] + direction[1] * lengthMm, from[2] + direction[2] * lengthMm];
}

/** The direction of a vector; the vector itself where it has none. */
export function ofLengthOne(a: Vector): Vector {
  const length = Math.hypot(...a) || 1;
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** Turned about an axis of length one, against the clock for who looks along it from its tip. */
export function turned(a: Vector, axis: Vector, degrees: number): Vector {
  const [cosine, sine] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  if (degrees === 0) return a;
  const sideways = cross(axis, a);
  const kept = dot(axis, a) * (1 - cosine);
  return [0, 1, 2].map((at) => (a[at] ?? 0) * cosine + (sideways[at] ?? 0) * sine + (axis[at] ?? 0) * kept) as [
    number,
    number,
    number,
  ];
}

export function opposite(a: Vector): Vector {
  return [-a[0], -a[1], -a[2]];
}

/** The first three numbers from a place in a list; undefined when there are fewer. */
export function vectorAt(numbers: readonly number[], at: number): Vector | undefined {
  const [x, y, z] = numbers.slice(at, at + 3);
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z];
}
