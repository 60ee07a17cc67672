/** The look: indigo (藍) on stone, like a castle wall. Every text colour is at least 4.5:1 on its ground, in light and in dark. */
import {
  ActionIcon,
  Button,
  createTheme,
  type CSSVariablesResolver,
  Drawer,
  type MantineColorsTuple,
  Modal,
  NumberInput,
  PasswordInput,
  Select,
  Tabs,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core';

const indigo: MantineColorsTuple = [
  '#eef1fb', '#dbe0f4', '#b6c0e8', '#8e9cdb', '#6c7dcf', '#5566c2', '#4655b0', '#3a4794', '#2f3a78', '#232b5c',
];
const stone: MantineColorsTuple = [
  '#f8f7f5', '#f1efec', '#e5e2dd', '#d3cfc8', '#b3aea5', '#8b867d', '#6b675f', '#54514b', '#3a3834', '#262522',
];
const night: MantineColorsTuple = [
  '#e7e6e9', '#bdbcc4', '#9a99a5', '#6d6c7a', '#474756', '#363645', '#282835', '#1e1e29', '#171720', '#101017',
];
const red: MantineColorsTuple = [
  '#fdf0ef', '#fadcda', '#f3b5b1', '#ec8b85', '#e36760', '#d94f48', '#c63a34', '#b02c28', '#8d211e', '#6a1715',
];
const orange: MantineColorsTuple = [
  '#fdf5e7', '#fae7c6', '#f3cf8e', '#eab556', '#dd9c2c', '#c78418', '#ab6c0d', '#8f5805', '#734602', '#573400',
];
const teal: MantineColorsTuple = [
  '#ebf7f2', '#d2ecdf', '#a3d8c0', '#71c29f', '#49ad83', '#2f9a6e', '#21835c', '#176c4b', '#0f553a', '#083d29',
];

const FONT = "'Noto Sans JP Variable', 'Noto Sans JP', 'BIZ UDPGothic', 'Hiragino Sans', 'Yu Gothic UI', system-ui, sans-serif";
const MONO = "ui-monospace, 'Cascadia Mono', 'SF Mono', Menlo, Consolas, 'Noto Sans JP Variable', monospace";

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 5 },
  autoContrast: true,
  luminanceThreshold: 0.32,
  colors: { indigo, gray: stone, dark: night, red, orange, teal },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  lineHeights: { xs: '1.45', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.6' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '11px', xl: '18px' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.375rem', xl: '2rem' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: {
    fontFamily: FONT,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.35' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
    },
  },
  components: {
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm', autosize: true, minRows: 2 } }),
    NumberInput: NumberInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'sm', allowDeselect: false, checkIconPosition: 'right' } }),
    TagsInput: TagsInput.extend({ defaultProps: { size: 'sm' } }),
    Tabs: Tabs.extend({ defaultProps: { keepMounted: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: true } } }),
    Modal: Modal.extend({ defaultProps: { centered: true, radius: 'lg', overlayProps: { backgroundOpacity: 0.35, blur: 2 } } }),
    Drawer: Drawer.extend({ defaultProps: { position: 'right', overlayProps: { backgroundOpacity: 0.2 } } }),
  },
});

/** Meaning first, colour second: `--ok|watch|danger-{text,soft,line}` are what screens use for a state. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#fbfaf8',
    '--mantine-color-text': '#262522',
    '--mantine-color-dimmed': '#66625a',
    '--mantine-color-placeholder': '#827d74',
    '--mantine-color-default-border': '#e0dcd5',
    '--mantine-color-anchor': '#3a4794',
    '--surface': '#ffffff',
    '--surface-sunken': '#f3f1ed',
    '--nav': '#232b5c',
    '--nav-text': '#d5daf0',
    '--nav-active': '#ffffff',
    '--nav-active-ground': 'rgba(255,255,255,.14)',
    '--ok-text': '#176c4b',
    '--ok-soft': '#ebf7f2',
    '--ok-line': '#2f9a6e',
    '--watch-text': '#8a5505',
    '--watch-soft': '#fdf5e7',
    '--watch-line': '#dd9c2c',
    '--danger-text': '#b02c28',
    '--danger-soft': '#fdf0ef',
    '--danger-line': '#d94f48',
    '--shadow': '0 1px 2px rgba(38,37,34,.05), 0 2px 8px rgba(38,37,34,.04)',
  },
  dark: {
    '--mantine-color-body': '#14141c',
    '--mantine-color-text': '#e3e2e7',
    '--mantine-color-dimmed': '#a09fab',
    '--mantine-color-placeholder': '#858492',
    '--mantine-color-default-border': '#343442',
    '--mantine-color-anchor': '#a8b4ea',
    '--mantine-color-error': '#f0938d',
    '--surface': '#1c1c26',
    '--surface-sunken': '#101017',
    '--nav': '#191a2a',
    '--nav-text': '#b9bdd8',
    '--nav-active': '#ffffff',
    '--nav-active-ground': 'rgba(140,156,219,.2)',
    '--ok-text': '#71c29f',
    '--ok-soft': '#16271f',
    '--ok-line': '#2f9a6e',
    '--watch-text': '#eab556',
    '--watch-soft': '#2b2312',
    '--watch-line': '#c78418',
    '--danger-text': '#f0938d',
    '--danger-soft': '#331a1b',
    '--danger-line': '#d94f48',
    '--shadow': '0 1px 2px rgba(0,0,0,.3)',
  },
});
