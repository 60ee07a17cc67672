export const tasks = { title: '' };
