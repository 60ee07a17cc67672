import type { Migration } from '../migrate.ts';

/**
 * Lines per hour × source × service × level over all templates: log_hours has as many rows as there are templates, and most charts ask for
 * no template. Kept by triggers, so that whatever changes log_hours changes these in the same transaction.
 */
export const logHourTotals: Migration = {
  id: 110,
  name: 'log-hour-totals',
  sql: `
CREATE TABLE log_hour_totals (hour INTEGER NOT NULL, source_id TEXT NOT NULL, service INTEGER NOT NULL, level INTEGER NOT NULL, lines INTEGER NOT NULL,
  PRIMARY KEY (hour, service, level, source_id)) STRICT, WITHOUT ROWID;
INSERT INTO log_hour_totals (hour, source_id, service, level, lines)
  SELECT hour, source_id, service, level, sum(lines) FROM log_hours GROUP BY hour, service, level, source_id;
CREATE TRIGGER log_hour_added AFTER INSERT ON log_hours BEGIN
  INSERT INTO log_hour_totals (hour, source_id, service, level, lines) VALUES (NEW.hour, NEW.source_id, NEW.service, NEW.level, NEW.lines)
  ON CONFLICT (hour, service, level, source_id) DO UPDATE SET lines = lines + excluded.lines;
END;
CREATE TRIGGER log_hour_changed AFTER UPDATE OF lines ON log_hours BEGIN
  UPDATE log_hour_totals SET lines = lines + NEW.lines - OLD.lines
  WHERE hour = NEW.hour AND service = NEW.service AND level = NEW.level AND source_id = NEW.source_id;
END;
CREATE TRIGGER log_hour_removed AFTER DELETE ON log_hours BEGIN
  UPDATE log_hour_totals SET lines = lines - OLD.lines
  WHERE hour = OLD.hour AND service = OLD.service AND level = OLD.level AND source_id = OLD.source_id;
  DELETE FROM log_hour_totals
  WHERE hour = OLD.hour AND service = OLD.service AND level = OLD.level AND source_id = OLD.source_id AND lines = 0;
END;
`,
};
