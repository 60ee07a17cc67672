// How well templates are found: grouping accuracy (GA) and F1 over groups (FGA), one configuration, raw lines, own format detection.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { detectFormat, Miner, mineFile } from '../../main/logs/index.ts';
import {
  type Grouping,
  hasLoghub,
  japanese,
  LOGHUB_SYSTEMS,
  loghub,
  readCsv,
  scoreGroups,
} from '../helpers/logs/grouping.ts';
import { minedLines } from '../helpers/logs/mined-lines.ts';
import { drawStory, KEPT_BLIND, LATER, OF_OTHER_KINDS, STORIES } from '../unit/logs/blind/all-stories.ts';
import { drawLines, HELD_OUT, SEEDS } from '../unit/logs/held-out/all-styles.ts';
import { linesOf, STYLES } from '../unit/logs/styles.ts';

const words = ({ ga, fga }: Grouping): string => `GA ${ga.toFixed(3)} FGA ${fga.toFixed(3)}`;

export async function run(print: (line: string) => void): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'toride-templates-'));
  const csv = path.join(dir, 'out.csv');
  const clusters = async (file: string): Promise<{ format: string; found: string[] }> => {
    const { format } = await mineFile({ file, csv });
    return { format, found: readCsv(csv).map((row) => row['cluster'] ?? '') };
  };
  try {
    const site = japanese();
    print(
      `templates: Japanese site lines: ${words(scoreGroups((await clusters(site.log)).found, site.truth))}`,
    );
    for (const [name, cases] of Object.entries(STYLES)) {
      const lines = linesOf(cases, 11);
      const miner = new Miner();
      const ids = lines.map(({ line }) => miner.add(line).template);
      const score = scoreGroups(
        ids.map((id) => miner.resolve(id)),
        lines.map(({ event }) => event),
      );
      print(`templates: our own lines in the manner of ${name}: ${words(score)}`);
    }
    const heldOut = { ga: 0, fga: 0 };
    const scoreOf = (draw: (seed: number) => readonly { event: string; line: string }[]): Grouping => {
      const scores = SEEDS.map((seed) => {
        const lines = draw(seed);
        const texts = lines.map(({ line }) => line);
        const found = minedLines(texts);
        const { format } = detectFormat(texts.slice(0, 1000));
        // a database's DETAIL and STATEMENT are part of the line before them, not messages of their own
        const own = lines.flatMap(({ line, event }, i) =>
          format.joins?.(line) ? [] : [{ event, found: found[i] ?? null }],
        );
        return scoreGroups(
          own.map(({ found }) => found),
          own.map(({ event }) => event),
        );
      });
      const mean = (of: keyof Grouping): number => scores.reduce((sum, s) => sum + s[of], 0) / scores.length;
      return { ga: mean('ga'), fga: mean('fga') };
    };
    for (const style of HELD_OUT) {
      const score = scoreOf((seed) => drawLines(style, seed));
      heldOut.ga += score.ga / HELD_OUT.length;
      heldOut.fga += score.fga / HELD_OUT.length;
      print(`templates: held-out lines in the manner of a ${style.name}: ${words(score)}`);
    }
    print(`templates: mean over ${HELD_OUT.length} held-out styles: ${words(heldOut)}`);
    const open: Grouping[] = [];
    const kept: Grouping[] = [];
    for (const story of STORIES) {
      const score = scoreOf((seed) => drawStory(story, seed));
      (KEPT_BLIND.includes(story.name) ? kept : open).push(score);
      print(`templates: a whole system, ${story.name}: ${words(score)}`);
    }
    const meanOf = (scores: readonly Grouping[]): Grouping => ({
      ga: scores.reduce((sum, s) => sum + s.ga, 0) / scores.length,
      fga: scores.reduce((sum, s) => sum + s.fga, 0) / scores.length,
    });
    print(
      `templates: mean over whole systems: ${words(meanOf(open))}; over the ${kept.length} kept aside: ${words(meanOf(kept))}`,
    );
    const later = LATER.map((story) => scoreOf((seed) => drawStory(story, seed)));
    print(
      `templates: mean over ${later.length} systems written when the rules stood: ${words(meanOf(later))}`,
    );
    const unseen = OF_OTHER_KINDS.map((story) => {
      const score = scoreOf((seed) => drawStory(story, seed));
      print(`templates: a system of another kind, ${story.name}: ${words(score)}`);
      return score;
    });
    print(`templates: mean over ${unseen.length} systems of another kind: ${words(meanOf(unseen))}`);
    if (!hasLoghub) {
      print('templates: public truth sets are not beside the project (TORIDE_LOGHUB): not scored');
      return;
    }
    const means = { original: 0, corrected: 0 };
    for (const system of LOGHUB_SYSTEMS) {
      const truth = loghub(system);
      const { format, found } = await clusters(truth.log);
      const original = scoreGroups(found, truth.original);
      const corrected = scoreGroups(found, truth.corrected);
      means.original += original.ga / LOGHUB_SYSTEMS.length;
      means.corrected += corrected.ga / LOGHUB_SYSTEMS.length;
      print(
        `templates: ${system} (read as ${format}): original ${words(original)}, corrected ${words(corrected)}`,
      );
    }
    print(
      `templates: mean GA original ${means.original.toFixed(4)}, corrected ${means.corrected.toFixed(4)}`,
    );
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
