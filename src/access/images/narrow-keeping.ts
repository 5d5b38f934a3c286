import type { ImageAddress, ImageKeeping, OpenedImages } from "#imaging";
import type { Result } from "#kernel";
import type { View } from "../narrow/view.ts";
import { type Deed, witnessed } from "../narrow/witness.ts";

/** Keeping the archive in order, each act in the log before it is answered. */
export function narrowKeeping({
  view,
  archive,
}: {
  readonly view: View;
  readonly archive: OpenedImages;
}): ImageKeeping {
  const entered = async <T>(deed: Deed, work: () => Promise<Result<T>>): Promise<Result<T>> =>
    witnessed(view, deed, await work());
  const looking = (what: string): Deed => ({ act: "images-find", entities: ["ImagingStudy"], query: what });
  const changing = (address: ImageAddress, what: string, reason?: string): Deed => ({
    act: "images-change",
    entities: [placeText(address)],
    query: what,
    ...(reason === undefined ? {} : { reason }),
  });
  return {
    changed: archive.changed,
    twins: () => entered(looking("kept aside"), () => archive.twins()),
    dropTwin: (twin, reason) =>
      entered(changing({}, `drop ${twin} that was kept aside`, reason), () => archive.dropTwin(twin)),
    relate: (study, relation, reason) =>
      entered(
        {
          ...changing({ study }, relation.state, reason),
          ...(relation.patient === undefined ? {} : { patients: [`Patient/${relation.patient}`] }),
        },
        () => archive.relate(study, relation),
      ),
    overlay: (address, edit) =>
      entered(changing(address, edit === undefined ? "show as received" : "edit"), () =>
        archive.overlay(address, edit),
      ),
    hide: (address, code, reason) =>
      entered(changing(address, code === undefined ? "show again" : `hide ${code}`, reason), () =>
        archive.hide(address, code),
      ),
    hidden: (study) => entered(looking("hidden"), () => archive.hidden(study)),
    showTwin: (twin, reason) =>
      entered(changing({}, `show ${twin} that was kept aside`, reason), () => archive.showTwin(twin)),
    arrivals: (since) => entered(looking("arrivals"), () => archive.arrivals(since)),
    lastCheck: () => archive.lastCheck(),
    remove: (address) =>
      entered({ act: "images-delete", entities: [placeText(address)] }, () => archive.remove(address)),
    statistics: () => entered(looking("statistics"), () => archive.statistics()),
  };
}

function placeText({ study, series, instance }: ImageAddress): string {
  const parts = [study, series, instance].filter((uid) => uid !== undefined);
  return `ImagingStudy?identifier=urn:oid:${parts.join("/")}`;
}
