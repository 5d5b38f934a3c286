/** `{ name: value }` when the address holds a text or number for it, otherwise nothing. */
export function optionalText<Name extends string>(name: Name, value: unknown): { [Key in Name]?: string } {
  if (typeof value !== "string" && typeof value !== "number") return {};
  const text = String(value);
  return (text === "" ? {} : { [name]: text }) as { [Key in Name]?: string };
}

/** Where to go after signing in: a path of this address only, so that no link can lead people elsewhere. */
export function afterSignIn(search: Readonly<Record<string, unknown>>): { back?: string } {
  const back = search.back;
  if (typeof back !== "string" || !/^\/(?![/\\])/.test(back) || back === "/") return {};
  return back.startsWith("/sign-in") ? {} : { back };
}
