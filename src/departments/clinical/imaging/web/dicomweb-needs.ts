/** What the routes of DICOMweb need besides the context of each request. */
export interface DicomwebNeeds {
  /** Whether the pixels of one transfer syntax can be had in another. */
  isTranscodable(from: string, to: string): boolean;
}
