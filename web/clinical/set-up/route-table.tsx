import type { RouteSettings } from "#departments/clinical/api";
import "../../parts/table/table.css";
import { conditionText } from "./settings-words.ts";

interface RouteTableProps {
  readonly routes: readonly RouteSettings[];
  /** Of the link. */
  readonly title: string;
  /** Of the destinations, by name. */
  readonly titles: ReadonlyMap<string, string>;
}

/** The rules of a link in the order in which they are asked. */
export function RouteTable({ routes, title, titles }: RouteTableProps) {
  if (routes.length === 0) return <p className="quiet">No routes: nothing of it is sent on.</p>;
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Routes of {title}, in the order in which they are asked</caption>
        <thead>
          <tr>
            <th scope="col">Route</th>
            <th scope="col">When</th>
            <th scope="col">Goes to</th>
          </tr>
        </thead>
        <tbody>
          {routes.map(({ name, when, to }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{conditionText(when)}</td>
              <td>{to.length === 0 ? "nowhere: filtered, and no later route is asked" : names(to, titles)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function names(to: readonly string[], titles: ReadonlyMap<string, string>): string {
  return to.map((name) => titles.get(name) ?? name).join(", ");
}
