// Hints that stand in a model stay there after they have done their work; this tells which still have work to
// do.
#pragma once

#include "schema/catalog.h"
#include "schema/intent.h"

namespace schemac {

// The part of `intent` that applies between the two states: a `was` whose old name is absent from `before`,
// or whose new name is there already, is spent; so is a `backfill` for a column that `before` has, unless it
// becomes NOT NULL, and a label mapping whose old label is gone.
schema::Intent LiveIntent(const schema::Intent& intent, const schema::Catalog& before,
                          const schema::Catalog& after);

}  // namespace schemac
