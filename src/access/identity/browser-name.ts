/** In this order: each of the later ones also stands in what the earlier ones say of themselves. */
const browsers: readonly (readonly [sign: string, name: string])[] = [
  ["Edg/", "Edge"],
  ["OPR/", "Opera"],
  ["Firefox/", "Firefox"],
  ["Chrome/", "Chrome"],
  ["Safari/", "Safari"],
];

const systems: readonly (readonly [sign: string, name: string])[] = [
  ["Windows", "Windows"],
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
];

/** `Firefox on Windows`, as far as a user-agent header says; undefined where it says neither. For people, not for decisions. */
export function browserName(userAgent: string | undefined): string | undefined {
  const named = (list: typeof browsers) => list.find(([sign]) => userAgent?.includes(sign))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  return browser !== undefined && system !== undefined ? `${browser} on ${system}` : (browser ?? system);
}
