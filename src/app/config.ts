import { incorrect, okUnless, type Problem, type Result } from "#kernel";
import { type Setting, settings } from "./settings.ts";

export type SettingKey = keyof typeof settings;

/** Every setting, read and typed: the only place where the environment enters the program. */
export type Config = {
  readonly [K in SettingKey]: (typeof settings)[K] extends Setting<infer T> ? T : never;
};

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting as `corridor config` lists it. */
export interface SettingReport {
  readonly name: string;
  /** Undefined when absent; `(hidden)` for a secret that is there. */
  readonly value: string | undefined;
  readonly default: string | undefined;
  readonly source: "default" | "environment";
  readonly about: string;
}

/** The settings of an environment. An empty variable counts as absent. Problem: `setting-incorrect`, one a setting. */
export function readConfig(environment: Environment): Result<Config> {
  const values: Partial<Record<SettingKey, unknown>> = {};
  const problems: Problem[] = [];
  for (const [key, setting] of entries()) {
    const given = environment[setting.name] || setting.default;
    const parsed = setting.schema.safeParse(given);
    if (parsed.success) values[key] = parsed.data;
    else problems.push(settingIncorrect(setting, given));
  }
  return okUnless(problems, values as Config);
}

export function listSettings(environment: Environment): readonly SettingReport[] {
  return entries().map(([, setting]) => {
    const given = environment[setting.name] || undefined;
    return {
      name: setting.name,
      value: given !== undefined && setting.secret === true ? "(hidden)" : (given ?? setting.default),
      default: setting.default,
      source: given === undefined ? "default" : "environment",
      about: setting.about,
    };
  });
}

function entries(): readonly [SettingKey, Setting<unknown>][] {
  return Object.entries(settings) as unknown as readonly [SettingKey, Setting<unknown>][];
}

function settingIncorrect(setting: Setting<unknown>, given: string | undefined): Problem {
  const shown = setting.secret === true ? "what it is set to" : JSON.stringify(given);
  return incorrect("setting-incorrect", `${setting.name} cannot be ${shown}: give ${setting.takes}.`, {
    where: setting.name,
  });
}
