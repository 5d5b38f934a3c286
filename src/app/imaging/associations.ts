import { type AssociationsPage, associationRoutes } from "#departments/clinical";
import { instant, ok, type Result, toIso } from "#kernel";
import type { DimseServer } from "#links/dimse";

/** The door that other DICOM nodes call, once there is one: who is connected, and what it shows of itself. */
export class Doorway {
  #door: DimseServer | undefined;

  readonly routes = associationRoutes(() => this.#now());

  keep(door: DimseServer): void {
    this.#door = door;
  }

  /** Problems: those of the door. */
  async reloadCertificates(): Promise<Result<void>> {
    return this.#door?.reloadCertificates() ?? ok(undefined);
  }

  #now(): AssociationsPage {
    const associations = this.#door?.associations() ?? [];
    return {
      isOpen: this.#door !== undefined,
      associations: associations.map((open) => ({
        id: open.id,
        callingAe: open.callingAe,
        remoteAddress: open.remoteAddress,
        openedAt: toIso(instant(open.openedAtMs)),
        instancesReceived: open.instancesReceived,
        instancesSent: open.instancesSent,
        bytesReceived: open.bytesReceived,
        operationsUnderWay: open.operationsUnderWay,
      })),
    };
  }
}
