import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ConfigurationView } from "#departments/clinical/api";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { changedFiles } from "./changed-files.ts";
import { ConfigurationParts } from "./configuration-parts.tsx";
import { DeploymentFacts } from "./deployment-facts.tsx";
import { RollBackForm } from "./roll-back-form.tsx";
import { configurationQuery } from "./set-up-queries.ts";

interface EarlierVersionProps {
  readonly version: string;
  readonly running: ConfigurationView;
}

/** A version that does not run now, what going back to it would change, and the way to do so. */
export function EarlierVersion({ version, running }: EarlierVersionProps) {
  const query = useQuery(configurationQuery(version));
  const mayRollBack = usePermission("links.configure");
  return (
    <Loaded query={query} label="Loading that version" rows={8}>
      {(view) => (
        <>
          <p className="set-up-earlier">
            <Icon name="clock" size={18} />
            <span>
              This version does not run now. <Link to="/links/set-up">What runs now</Link>
            </span>
          </p>
          {view.deployment === undefined ? null : <DeploymentFacts deployment={view.deployment} />}
          {mayRollBack ? (
            <RollBackForm version={Number(version)} changed={changedFiles(view.files, running.files)} />
          ) : null}
          <ConfigurationParts view={view} />
        </>
      )}
    </Loaded>
  );
}
