/** Told apart from each other and from grey, for regions that name no colour. */
const others = ["#ff6b6b", "#4dd0e1", "#ffd54f", "#81c784", "#ba68c8", "#ff8a65", "#64b5f6", "#f06292"] as const;

export function otherColour(place: number): string {
  return others[place % others.length] ?? others[0];
}

/** Of three numbers from 0 to 255. */
export function rgbColour(parts: readonly number[]): string | undefined {
  return parts.length < 3 ? undefined : `#${parts.slice(0, 3).map(twoDigits).join("")}`;
}

function twoDigits(part: number): string {
  return Math.round(Math.min(255, Math.max(0, part)))
    .toString(16)
    .padStart(2, "0");
}

/** CIELab as DICOM stores it, in 16 bits. Source: PS3.3 C.10.7.1.1; white of the profile connection space, D50. */
export function labColour(stored: readonly number[]): string | undefined {
  const [l, a, b] = stored;
  if (l === undefined || a === undefined || b === undefined) return undefined;
  const lightness = (l / 65_535) * 100;
  const y = (lightness + 16) / 116;
  const x = y + ((a / 65_535) * 255 - 128) / 500;
  const z = y - ((b / 65_535) * 255 - 128) / 200;
  const [cx, cy, cz] = [0.9642 * linear(x), linear(y), 0.8249 * linear(z)];
  // From D50 to the primaries of sRGB.
  const red = 3.1339 * cx - 1.6169 * cy - 0.4906 * cz;
  const green = -0.9788 * cx + 1.9161 * cy + 0.0335 * cz;
  const blue = 0.0719 * cx - 0.229 * cy + 1.4052 * cz;
  return rgbColour([red, green, blue].map((part) => 255 * encoded(part)));
}

function linear(part: number): number {
  return part > 6 / 29 ? part ** 3 : 3 * (6 / 29) ** 2 * (part - 4 / 29);
}

function encoded(part: number): number {
  return part <= 0.0031308 ? 12.92 * Math.max(0, part) : 1.055 * part ** (1 / 2.4) - 0.055;
}
