/** Of a search's answer, what the chart looks at. Source: FHIR R4 Bundle. */
export interface Bundle {
  readonly entry?: readonly { readonly resource: ImagingStudy }[];
}

/** Source: FHIR R4 ImagingStudy. */
export interface ImagingStudy {
  readonly status?: string;
  readonly started?: string;
  readonly description?: string;
  readonly numberOfSeries?: number;
  readonly numberOfInstances?: number;
  readonly modality?: readonly { readonly code?: string }[];
  readonly identifier?: readonly { readonly system?: string; readonly value?: string }[];
}

/** The Study Instance UID; undefined for a study that was told of without images. Source: FHIR R4 ImagingStudy, identifier. */
export function studyUidOf({ identifier = [] }: ImagingStudy): string | undefined {
  const named = identifier.find(({ system }) => system === "urn:dicom:uid");
  return named?.value?.replace(/^urn:oid:/, "");
}
