/** Areas of three digits with at most 20,000 people by the 2000 census. Source: HHS guidance on 45 CFR 164.514(b). */
const smallAreas: ReadonlySet<string> = new Set(
  "036 059 063 102 203 556 692 790 821 823 830 831 878 879 884 890 893".split(" "),
);

/**
 * A postcode's area: `SW1A 1AA` becomes `SW`; of an American ZIP code the first three digits, `000` where few live there.
 * Undefined for any other form.
 */
export function postcodeArea(text: string): string | undefined {
  const plain = text.trim().toUpperCase();
  const british = /^([A-Z]{1,2})\d[A-Z\d]? ?\d[A-Z]{2}$/.exec(plain);
  if (british !== null) return british[1];
  const american = /^(\d{3})\d{2}(?:-?\d{4})?$/.exec(plain);
  if (american === null) return undefined;
  const [, area = ""] = american;
  return smallAreas.has(area) ? "000" : area;
}
