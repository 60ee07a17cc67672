export {
  type Access,
  createAccess,
  fixedSettings,
  readPolicy,
  sealPin,
  systemPolicyFile,
} from './policy.ts';
export { adminSettings, createSettings, DEFAULT_SETTINGS, type SettingsStore } from './settings.ts';
