import { ownImplementation, storageClasses } from "#standards/dicom";
import { type DimseService, isSaidToBeStorage, isStorageClass, type Offer } from "#standards/dimse";

const knownStorage: ReadonlySet<string> = new Set(storageClasses);

/** Who does something for a SOP class: the row that names it, else that of storage where it is of that. */
export function serviceFor<Caller>(
  services: readonly DimseService<Caller>[],
  sopClass: string,
  serviceClass?: string,
): DimseService<Caller> | undefined {
  const named = services.find(({ sopClasses }) => sopClasses !== "storage" && sopClasses.includes(sopClass));
  if (named !== undefined) return named;
  const storage = services.find(({ sopClasses }) => sopClasses === "storage");
  const isOfStorage = isStorageClass(sopClass, knownStorage) || isSaidToBeStorage(serviceClass);
  return isOfStorage ? storage : undefined;
}

export interface Offering<Caller> {
  readonly services: readonly DimseService<Caller>[];
  readonly pduBytes: number;
  readonly operationsMax: number;
}

/** What negotiation needs to know of the services. */
export function offerOf<Caller>({ services, pduBytes, operationsMax }: Offering<Caller>): Offer {
  return {
    serviceOf(sopClass, serviceClass) {
      const service = serviceFor(services, sopClass, serviceClass);
      if (service === undefined) return undefined;
      const isStorage = service.sopClasses === "storage";
      return { isStorage, ...(service.extensions && { extensions: service.extensions }) };
    },
    pduBytes,
    operationsMax,
    implementation: ownImplementation,
  };
}
