import { attributeOf, type DataSet, isPrivate, textsOf } from "#standards/dicom";

/** Attributes besides names of people that hold their numbers and addresses. */
const personal: ReadonlySet<string> = new Set(
  `PatientID OtherPatientIDs AccessionNumber PatientAddress PatientTelephoneNumbers MilitaryRank InsurancePlanIdentification
  PatientInsurancePlanCodeSequence AdmissionID InstitutionAddress ReferringPhysicianTelephoneNumbers`.split(/\s+/),
);

const wordLengthMin = 3;

/** The words of a text as they are compared: in capitals, without marks. */
export function wordsOf(text: string): readonly string[] {
  const words = text.toUpperCase().split(/[^\p{L}\p{N}]+/u);
  return [...words, words.join("")].filter((word) => word.length >= wordLengthMin);
}

/** Every word of the names and numbers of people in a data set and its items: none may stand in what stays. */
export function peopleIn(dataSet: DataSet, found = new Set<string>()): ReadonlySet<string> {
  for (const element of dataSet.elements) {
    if (element.content.is === "items") for (const { dataSet: inner } of element.content.items) peopleIn(inner, found);
    const isPersonal = element.vr === "PN" || personal.has(attributeOf(element.tag)?.keyword ?? "");
    if (!isPersonal || isPrivate(element.tag)) continue;
    for (const text of textsOf(element, dataSet.characterSets).values)
      for (const word of wordsOf(text)) found.add(word);
  }
  return found;
}
