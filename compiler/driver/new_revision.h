// Making the three files of a revision: model diff, upgrade, downgrade.
#pragma once

#include <optional>
#include <string>
#include <utility>
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
  std::optional<bool> online{};  // For tables in use; nullopt for what the project says.
};

struct NewRevision {
  std::string id;
  Migration migration;
  Files::Texts files;
  std::pair<std::string, std::string> head;  // The file that names the head, and its text.
};

// The name of the file that holds the head's id and nothing else: where two branches add revisions, git finds
// a conflict in it.
inline constexpr const char* kHeadFile = "head";

// The file of that name with its text, when it is there and says something else; nullopt, too, while there
// are several heads.
std::optional<std::pair<std::string, std::string>> HeadText(const Context& context, const Project& project,
                                                            const History& history);

// The parents of a revision that is no merge.
inline std::vector<std::size_t> Only(std::optional<std::size_t> parent) {
  return parent ? std::vector{*parent} : std::vector<std::size_t>();
}

// The next revision after `parents`, of which a merge has several, and `before` is the state before it. Its
// SQL is compiled from the model diff just as `schemac compile` will do it, and proved; the model diff must
// lead to exactly `after`. nullopt, with diagnostics, otherwise.
std::optional<NewRevision> MakeRevision(Context& context, const Project& project, const History& history,
                                        const std::vector<std::size_t>& parents,
                                        const RevisionRequest& request, const schema::Diff& diff,
                                        const schema::Catalog& before, const schema::Catalog& after);

// All of them or none; refuses to overwrite a revision.
bool WriteRevision(Context& context, const NewRevision& revision);

}  // namespace schemac
