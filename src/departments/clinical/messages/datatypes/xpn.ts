import type { Extension, HumanName } from "#standards/fhir";
import type { FieldReader } from "../message-reader.ts";
import { list, presentOrNone } from "../present.ts";
import { codeIn } from "./cwe.ts";
import { periodIn } from "./ts.ts";

/** Where the parts of a name stand in a type. */
interface NamePlaces {
  readonly family: number;
  readonly use: number;
  readonly assembly: number;
  readonly from: number;
  readonly to: number;
  readonly professionalSuffix: number;
}

const xpn: NamePlaces = { family: 1, use: 7, assembly: 11, from: 12, to: 13, professionalSuffix: 14 };

/** A person's name. Source: v2-to-FHIR XPN[HumanName], FN[HumanName]. */
export function personName(field: FieldReader | undefined): HumanName | undefined {
  return field === undefined ? undefined : nameAt(field, xpn);
}

/** All the names in a field. XPN.15, what the person is called by, is a name of its own. */
export function personNames(fields: readonly FieldReader[]): readonly HumanName[] | undefined {
  return list(
    ...fields.flatMap((field) => {
      const calledBy = field.text(15);
      return [
        personName(field),
        calledBy === undefined ? undefined : ({ use: "nickname", given: [calledBy] } satisfies HumanName),
      ];
    }),
  );
}

/** What a member of staff is called, as far as a reference can tell it. Source: v2-to-FHIR XCN[Practitioner]. */
export function staffName(field: FieldReader): HumanName | undefined {
  return presentOrNone<HumanName>({
    family: familyName(field, 2),
    given: list(field.text(3), field.text(4)),
    prefix: list(field.text(6)),
    suffix: list(field.text(5), field.text(7), field.text(21)),
  });
}

function nameAt(field: FieldReader, places: NamePlaces): HumanName | undefined {
  const { family } = places;
  const given = list(field.text(family + 1), field.text(family + 2));
  const suffixes = [family + 3, family + 5, places.professionalSuffix];
  return presentOrNone<HumanName>({
    extension: assemblyOrder(field, places.assembly),
    use: codeIn(field, { component: places.use, table: "NameType" }) as HumanName["use"],
    family: familyName(field, family),
    given,
    prefix: list(field.text(family + 4)),
    suffix: list(...suffixes.map((place) => field.text(place))),
    period: periodIn(field, places),
    ...familyParts(field, family),
  });
}

function familyName(field: FieldReader, component: number): string | undefined {
  return field.text(component, 1);
}

/** Prefixes and partner's names stand beside the family name. Source: v2-to-FHIR FN[HumanName]. */
function familyParts(field: FieldReader, component: number) {
  const extension = list(
    ...familyExtensions.map(([part, name]) => {
      const text = field.text(component, part);
      return text === undefined ? undefined : { url: `${structures}/humanname-${name}`, valueString: text };
    }),
  );
  return extension === undefined ? {} : { _family: { extension } };
}

const structures = "http://hl7.org/fhir/StructureDefinition";
const familyExtensions = [
  [2, "own-prefix"],
  [3, "own-name"],
  [4, "partner-prefix"],
  [5, "partner-name"],
] as const;

function assemblyOrder(field: FieldReader, place: number): readonly Extension[] | undefined {
  const order = field.code(place);
  return order === undefined ? undefined : [{ url: `${structures}/humanname-assembly-order`, valueCode: order }];
}
