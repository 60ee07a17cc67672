export { createNotifications, type NewNotification, type Notifications } from './notifications.ts';
