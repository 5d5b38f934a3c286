/** How strongly a place gives back sound, 0 to 1, and how fast blood flows there to the probe, in centimetres a second. */
export interface Echo {
  readonly strength: number;
  readonly speedCmS: number;
}

interface Chamber {
  readonly x: number;
  readonly depth: number;
  readonly halfX: number;
  readonly halfDepth: number;
  /** By how much of its size it shrinks as the ventricles squeeze; the atria swell meanwhile. */
  readonly squeeze: number;
}

/** Of the four chambers from the tip of the heart, in millimetres from the probe. */
const chambers: readonly Chamber[] = [
  { x: 15, depth: 66, halfX: 20, halfDepth: 36, squeeze: 0.24 },
  { x: -23, depth: 68, halfX: 15, halfDepth: 31, squeeze: 0.18 },
  { x: 17, depth: 124, halfX: 20, halfDepth: 18, squeeze: -0.14 },
  { x: -22, depth: 122, halfX: 19, halfDepth: 18, squeeze: -0.14 },
];

/** How tight the ventricles are, 0 to 1, at this part of a beat. */
function tightness(beat: number): number {
  const phase = beat - Math.floor(beat);
  return phase < 0.4 ? Math.sin((phase / 0.4) * Math.PI) : 0;
}

/** The heart from its tip at one moment of a beat: `x` to the right of the picture, `depth` from the probe, in millimetres. */
export function echoAt(x: number, depth: number, beat: number): Echo {
  const tight = tightness(beat);
  for (const chamber of chambers) {
    const scale = 1 - chamber.squeeze * tight;
    const across = (x - chamber.x) / (chamber.halfX * scale);
    const down = (depth - chamber.depth) / (chamber.halfDepth * scale);
    const away = across * across + down * down;
    if (away < 1) return { strength: 0.035, speedCmS: flowAt(x, depth, tight) };
    if (away < 1.16) return { strength: 0.62, speedCmS: 0 };
  }
  const wall = Math.hypot((x + 2) / (53 - 5 * tight), (depth - 92) / (70 - 3 * tight));
  if (onValve(x, depth, tight)) return { strength: 0.9, speedCmS: 0 };
  if (wall < 1) return { strength: 0.36, speedCmS: 0 };
  if (wall < 1.05) return { strength: 0.95, speedCmS: 0 };
  return { strength: depth < 20 ? 0.5 : 0.2, speedCmS: 0 };
}

/** Blood comes to the probe through the mitral valve while the ventricles are slack, and goes while they are tight. */
function flowAt(x: number, depth: number, tight: number): number {
  const jet = Math.exp(-(((x - 16) / 9) ** 2) - ((depth - 88) / 26) ** 2);
  return jet * (tight > 0.1 ? -70 * tight : 75);
}

/** Two leaflets on each side, shut while the ventricles are tight. */
function onValve(x: number, depth: number, tight: number): boolean {
  const open = tight > 0.1 ? 0 : 9;
  return [17, -22].some((middle) => {
    const away = Math.abs(x - middle);
    return away < 17 && Math.abs(depth - 104 + (open * (17 - away)) / 17) < 1.4 && away > open * 0.6;
  });
}
