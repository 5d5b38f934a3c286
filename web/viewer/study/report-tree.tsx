import { formatDate } from "../../parts/format/dates.ts";
import { itemsOf, type JsonDataSet, textOf } from "../dicomweb/attributes.ts";
import { clockOf, dayOf } from "../dicomweb/dates.ts";
import { type ReadItem, type ReadKeyImage, readTree } from "../reports/read-report.ts";
import { useDesk } from "./desk-context.ts";

/** A structured report as it is read: a heading, and its content as a tree. */
export function ReportTree({ report }: { readonly report: JsonDataSet }) {
  const tree = readTree(report);
  const day = dayOf(textOf(report, "00080023"));
  const isVerified = textOf(report, "0040A493") === "VERIFIED";
  const seriesByInstance = seriesOfImages(report);
  return (
    <article className="viewer-report">
      <h2>{tree.name === "" ? "Report" : tree.name}</h2>
      <p className="quiet">
        {[
          day === undefined ? undefined : formatDate(day),
          clockOf(textOf(report, "00080033")),
          textOf(report, "00080070"),
          isVerified ? "verified" : "not verified",
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <Items items={tree.children} seriesByInstance={seriesByInstance} />
    </article>
  );
}

interface ItemsProps {
  readonly items: readonly ReadItem[];
  readonly seriesByInstance: ReadonlyMap<string, string>;
}

function Items({ items, seriesByInstance }: ItemsProps) {
  if (items.length === 0) return null;
  return (
    <ul>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of a report do not change places
        <li key={index}>
          {item.name === "" ? null : <span className="viewer-report-name">{item.name}</span>}{" "}
          {item.image === undefined ? item.says : <ImageLink image={item.image} seriesByInstance={seriesByInstance} />}
          <Items items={item.children} seriesByInstance={seriesByInstance} />
        </li>
      ))}
    </ul>
  );
}

interface ImageLinkProps {
  readonly image: ReadKeyImage;
  readonly seriesByInstance: ReadonlyMap<string, string>;
}

function ImageLink({ image, seriesByInstance }: ImageLinkProps) {
  const desk = useDesk();
  const { sopInstance, frameNumber } = image;
  const seriesUid = seriesByInstance.get(sopInstance);
  if (!desk.series.some(({ uid }) => uid === seriesUid) || seriesUid === undefined) return "an image of another study";
  const target = { studyUid: desk.study.uid, seriesUid, sopInstance };
  return (
    <button
      type="button"
      className="viewer-link"
      onClick={() => void desk.goToImage(frameNumber === undefined ? target : { ...target, frameNumber })}
    >
      Show the image{frameNumber === undefined ? "" : `, frame ${frameNumber}`}
    </button>
  );
}

function seriesOfImages(report: JsonDataSet): ReadonlyMap<string, string> {
  return new Map(
    itemsOf(report, "0040A375")
      .flatMap((study) => itemsOf(study, "00081115"))
      .flatMap((series) =>
        itemsOf(series, "00081199").flatMap((reference) => {
          const [instance, uid] = [textOf(reference, "00081155"), textOf(series, "0020000E")];
          return instance === undefined || uid === undefined ? [] : [[instance, uid] as const];
        }),
      ),
  );
}
