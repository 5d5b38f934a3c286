import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { RoleView } from "#access/api";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { RoleMeaning } from "./role-meaning.tsx";
import { rolesQuery } from "./user-queries.ts";

interface RoleChoiceProps {
  readonly chosen: readonly string[];
  onChange(roles: string[]): void;
}

/** Every role with what it is for, by department. */
export function RoleChoice({ chosen, onChange }: RoleChoiceProps) {
  const roles = useQuery(rolesQuery);
  return (
    <fieldset className="users-roles">
      <legend>Roles</legend>
      <Loaded query={roles} label="Loading roles" rows={4}>
        {(list) => (
          <Checkbox.Group value={[...chosen]} onChange={onChange}>
            {byDepartment(list).map(({ department, ofDepartment }) => (
              <div key={department} className="users-department">
                <p className="users-department-name">{department}</p>
                {ofDepartment.map((role) => (
                  <div key={role.name}>
                    <Checkbox value={role.name} label={role.title} description={role.purpose} size="sm" />
                    <RoleMeaning name={role.name} title={role.title} />
                  </div>
                ))}
              </div>
            ))}
          </Checkbox.Group>
        )}
      </Loaded>
    </fieldset>
  );
}

function byDepartment(roles: readonly RoleView[]) {
  const departments = [...new Set(roles.map((role) => role.department))];
  return departments.map((department) => ({
    department,
    ofDepartment: roles.filter((role) => role.department === department),
  }));
}
