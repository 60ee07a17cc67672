export { adminSettings, createSettings, DEFAULT_SETTINGS, type SettingsStore } from './settings.ts';
