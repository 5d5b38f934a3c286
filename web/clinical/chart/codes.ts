import type { CodedText } from "#departments/clinical/api";

/** `system|code`, or `code` alone, as the queries of the department take it; nothing for words without a code. */
export function codeParameter(coded: CodedText): string | undefined {
  if (coded.code === undefined) return undefined;
  return coded.system === undefined ? coded.code : `${coded.system}|${coded.code}`;
}
