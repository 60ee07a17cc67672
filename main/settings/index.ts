export { openSettings } from './open-settings.ts';
export {
  type Access,
  createAccess,
  readPolicy,
  sealPin,
  systemPolicyFile,
} from './policy.ts';
export { createSettings, DEFAULT_SETTINGS, type SettingsStore } from './settings.ts';
