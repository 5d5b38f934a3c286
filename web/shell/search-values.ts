/** The query of an address as texts; of a name said twice, the last counts. */
export function readSearch(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query));
}

/** The query of an address, as people write it: `?state=held&link=lab`; empty for no values. */
export function writeSearch(search: Readonly<Record<string, unknown>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (typeof value === "string") query.set(name, value);
  return query.size === 0 ? "" : `?${query}`;
}

/** `{ name: value }` when the address holds a text for it, otherwise nothing. */
export function optionalText<Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } {
  return (typeof value === "string" && value !== "" ? { [name]: value } : {}) as { [Key in Name]?: string };
}

/** Whether an address is a path here. What browsers leave out of an address, such as a tab, is in no path of ours. */
export function isOwnPath(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what is looked for.
  return /^\/(?![/\\])/.test(address) && !/[\0-\x1f\x7f]/.test(address);
}

/** Where to go after signing in: a path of this address only, so that no link can lead people elsewhere. */
export function afterSignIn(search: Readonly<Record<string, unknown>>): { back?: string } {
  const back = search.back;
  if (typeof back !== "string" || !isOwnPath(back) || back === "/") return {};
  return back.startsWith("/sign-in") ? {} : { back };
}
