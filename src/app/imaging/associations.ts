import { type AssociationsPage, associationRoutes } from "#departments/clinical";
import { instant, toIso } from "#kernel";
import type { DimseServer } from "#links/dimse";

/** Who is connected, once there is a door to connect to. */
export class Doorway {
  #door: DimseServer | undefined;

  readonly routes = associationRoutes(() => this.#now());

  keep(door: DimseServer): void {
    this.#door = door;
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
