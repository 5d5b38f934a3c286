/** An association that another node has open with Corridor now. */
export interface AssociationView {
  readonly id: string;
  readonly callingAe: string;
  readonly remoteAddress: string;
  readonly openedAt: string;
  readonly instancesReceived: number;
  readonly instancesSent: number;
  readonly bytesReceived: number;
  readonly operationsUnderWay: number;
}

export interface AssociationsPage {
  /** False while the DICOM door is shut. */
  readonly isOpen: boolean;
  readonly associations: readonly AssociationView[];
}
