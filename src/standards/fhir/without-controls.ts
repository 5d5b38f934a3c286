// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0b\x0c\x0e-\x1f]/;
const everyControl = new RegExp(controls, "g");

/**
 * The text as a FHIR string can hold it: each control character but tab, line feed and carriage return is replaced by
 * U+FFFD. Source: FHIR R4 §2.24.0.1 (string).
 */
export function withoutControls(text: string): string {
  return controls.test(text) ? text.replace(everyControl, "\uFFFD") : text;
}
