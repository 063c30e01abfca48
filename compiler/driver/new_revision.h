// Making the three files of a revision: model diff, upgrade, downgrade.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/driver/context.h"
#include "compiler/driver/project.h"
#include "compiler/history/history.h"
#include "compiler/history/migration.h"

namespace schemac {

struct RevisionRequest {
  std::string id;  // "" for the next number and the slug.
  std::string message;
  std::string slug;
  std::vector<std::string> allowed;
};

struct NewRevision {
  std::string id;
  Migration migration;
  Files::Texts files;
};

// The next revision after `head`. Its SQL is compiled from the model diff just as `schemac compile` will do
// it, and proved; the model diff must lead to exactly `after`. nullopt, with diagnostics, otherwise.
std::optional<NewRevision> MakeRevision(Context& context, const Project& project, const History& history,
                                        std::optional<std::size_t> head, const RevisionRequest& request,
                                        const schema::Diff& diff, const schema::Catalog& before,
                                        const schema::Catalog& after);

// All three or none; refuses to overwrite.
bool WriteRevision(Context& context, const NewRevision& revision);

}  // namespace schemac
