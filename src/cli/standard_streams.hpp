#pragma once

namespace maha::cli {

/// Reserves standard streams that were closed when the process began (`2>&-`). Otherwise the first file opened would
/// take their place and receive what is meant for the stream. Using such a stream remains an error. To be called first.
void hold_standard_streams();

}  // namespace maha::cli
