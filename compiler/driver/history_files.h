// The revisions of a project's folder, with those that are about to be written there.
#pragma once

#include <optional>

#include "compiler/driver/project.h"

namespace schemac {

// As LoadHistory, as if `unwritten` stood on the disk: the model diffs among them count.
std::optional<History> LoadHistoryWith(Context& context, const Project& project,
                                       const Files::Texts& unwritten);

}  // namespace schemac
