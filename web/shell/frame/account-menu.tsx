import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { Me } from "#access/api";
import { Icon, type IconName } from "../../parts/icon/icon.tsx";
import { sendJson } from "../../parts/request/request.ts";
import { useMe } from "../session/session.ts";

/** Who is signed in, how the screen looks, and the way out. */
export function AccountMenu() {
  const me = useMe();
  const signOut = useSignOut();
  const navigate = useNavigate();
  if (me === undefined) return null;
  const roles = me.roles.map((role) => role.title).join(", ");
  return (
    <Menu position="bottom-end" width={270} withinPortal shadow="md">
      <Menu.Target>
        <UnstyledButton className="frame-account">
          <span className="frame-account-sign" aria-hidden="true">
            {initialsOf(me)}
          </span>
          <span className="frame-account-words">
            <span className="visually-hidden">Account: </span>
            <span>{me.display}</span>
            <span className="frame-account-role">{roles}</span>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.display}
          <br />
          {roles}
        </Menu.Label>
        <Menu.Divider />
        <SchemeChoice />
        <Menu.Divider />
        <Menu.Item leftSection={<Icon name="person" />} onClick={() => void navigate({ to: "/account" })}>
          My account
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="key" />} onClick={() => void navigate({ to: "/set-password" })}>
          Change password
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="sign-out" />} onClick={() => void signOut()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const schemes: readonly {
  readonly value: "light" | "dark" | "auto";
  readonly label: string;
  readonly icon: IconName;
}[] = [
  { value: "light", label: "Light", icon: "sun" },
  { value: "dark", label: "Dark", icon: "moon" },
  { value: "auto", label: "As the system", icon: "screen" },
];

function SchemeChoice() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu.RadioGroup value={colorScheme} onChange={(value) => setColorScheme(value as "light" | "dark" | "auto")}>
      {schemes.map((scheme) => (
        <Menu.RadioItem key={scheme.value} value={scheme.value} rightSection={<Icon name={scheme.icon} />}>
          {scheme.label}
        </Menu.RadioItem>
      ))}
    </Menu.RadioGroup>
  );
}

/** Ends the session, and forgets everything that was read, whatever the server answered. */
function useSignOut(): () => Promise<void> {
  const client = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    await sendJson("POST", "/api/access/sign-out").catch(() => undefined);
    await navigate({ to: "/sign-in" });
    client.clear();
  };
}

/** `IL` of `Dr Ingrid Lindqvist`. */
function initialsOf(me: Me): string {
  const words = me.display.split(/\s+/).filter((word) => !/^(?:dr|mr|mrs|ms|miss|prof|sister|nurse)\.?$/i.test(word));
  return [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? "")
    .join("")
    .toUpperCase();
}
