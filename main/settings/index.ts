export { openSettings } from './open-settings.ts';
export {
  type Access,
  createAccess,
  readPolicy,
  sealPin,
  systemPolicyFile,
} from './policy.ts';
export { adminSettings, createSettings, DEFAULT_SETTINGS, type SettingsStore } from './settings.ts';
